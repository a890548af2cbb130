"""Goals as ratios: the product against a yardstick that runs beside it (docs/bench.md)."""
