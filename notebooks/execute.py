"""Executes a notebook from its first cell to its last: execute.py <notebook> <where to write it>.

On a busy machine Deno's kernel now and then drops a message of what a cell shows. lab.ts therefore writes the same
into the file MESOCOSM_SHOWN, from which each cell gets what it has shown.
"""

import json
import os
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
shown = tempfile.NamedTemporaryFile()
os.environ["MESOCOSM_SHOWN"] = shown.name


def keep(cell, **_):
    """Gives the cell what it has shown since the last one, where its kernel writes it."""
    bundles = [json.loads(line) for line in shown.readlines()]
    if bundles:
        others = [output for output in cell.outputs if output.output_type != "display_data"]
        cell.outputs = others + [nbformat.v4.new_output("display_data", data=bundle) for bundle in bundles]


client = NotebookClient(
    notebook,
    on_cell_executed=keep,
    timeout=600,
    record_timing=False,
    resources={"metadata": {"path": os.path.dirname(os.path.abspath(source))}},
)
client.execute()
for cell in notebook.cells:
    # The interpreter's own version is the machine's.
    cell.metadata.pop("execution", None)
notebook.metadata.pop("language_info", None)
nbformat.write(notebook, target)
