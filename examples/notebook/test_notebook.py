"""Runs every cell of the notebook and looks at what came of them."""

from __future__ import annotations

import ast
import base64
import unittest
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).with_name("class-results.ipynb")


class NotebookTest(unittest.TestCase):
    """The notebook in a kernel of its own."""

    def test_a_class_is_judged_and_drawn(self) -> None:
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        kept = [cell for cell in notebook.cells if cell.get("outputs")]
        self.assertEqual(kept, [], "the notebook is kept without outputs")
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()

        pictures = [
            output.data["image/png"]
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        self.assertEqual(len(pictures), 2)
        for picture in pictures:
            self.assertTrue(base64.b64decode(picture).startswith(b"\x89PNG"))

        [last] = notebook.cells[-1].outputs
        summary = ast.literal_eval(last.data["text/plain"])
        self.assertEqual(summary["learners"], 24)
        # What each learner wrote decides it: nobody's verdict depends on the machine.
        handed_in = ["right", "by hand", "begins at zero", "cuts decimals", "the last one"]
        handed_in += ["never ends", "misspelt"]
        ways = [handed_in[(number + number // 5) % 7] for number in range(24)]
        right = sum(way in ("right", "by hand") for way in ways)
        zero, cut = ways.count("begins at zero"), ways.count("cuts decimals")
        last_one = ways.count("the last one")
        by_validator = {
            "few": right + zero + cut,
            "one": right + zero + cut + last_one,
            "negative": right + cut,
            "decimal": right + zero,
        }
        self.assertEqual(summary["passed"], right)
        self.assertEqual(summary["by validator"], by_validator)
        self.assertEqual([points for _, points in summary["first"]], [100, 100, 100])


if __name__ == "__main__":
    unittest.main()
