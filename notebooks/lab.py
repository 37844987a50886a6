"""What notebooks in Python share: an experiment by the command `mesocosm`, and a chart as one bundle."""

import base64
import pathlib
import subprocess

import vl_convert
from IPython.display import display

ROOT = pathlib.Path(__file__).resolve().parent.parent


def experiment(name, *args):
    """Conducts an experiment, unless it stands there already from another notebook. Returns its folder."""
    folder = ROOT / ".mesocosm" / "notebooks" / name
    if not (folder / "analysis.json").exists():
        command = [str(ROOT / "mesocosm"), *args, "--quiet", "--out", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def chart(spec, words):
    """Shows a Vega-Lite spec: interactive where the reader can, else as an image, else in words."""
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": 560, "height": 280, **spec}
    png = vl_convert.vegalite_to_png(whole, vl_version="6.4", scale=2)
    bundle = {
        "application/vnd.vegalite.v6+json": whole,
        "image/png": base64.b64encode(png).decode(),
        "text/plain": words,
    }
    display(bundle, raw=True)
