"""The buyers' pages, one module for each thing that is done."""
