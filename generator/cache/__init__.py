"""What may be kept between runs, and is never needed: without it everything is computed anew."""
