"""Builds folders: one, several, again, when something changes; kept between runs."""
