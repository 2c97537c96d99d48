"""The office's pages, one module for each thing that is done."""
