"""設定: what a network's clerk may change about it, section by section."""
