"""Files: read plainly, written whole or not at all, packed and kept between runs."""
