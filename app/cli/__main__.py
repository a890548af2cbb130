"""`python -m app.cli`, for whoever starts the product by its interpreter."""

from app.cli import main

main()
