"""The figures, plots and tables of docs/draw-proof.md (`make proof`)."""
