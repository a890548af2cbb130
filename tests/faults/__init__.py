"""`make faults`: reports survive every fault of protocol A7 (docs/faults.md)."""
