"""From computed statements to one HTML document: compose()."""
