"""Executes a notebook from its first cell to its last: execute.py <notebook> <where to write it>."""

import os
import sys

import nbformat
from nbclient import NotebookClient

source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
client = NotebookClient(
    notebook,
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
