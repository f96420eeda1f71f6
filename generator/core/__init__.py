"""What every room uses and that uses none of them."""
