"""Keeps the files of finished folders on disk until all folders are built and names are known."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from generator.building.outcome import Product
from generator.core.files.write import output_unwritable, scratch_folder
from generator.core.records import replace


class Spool:
    """Products by the numbers of their folders; memory holds the files of none.

    Args:
        output: the folder that files are written to in the end; a folder in it holds them till
            then, so that they need no room elsewhere.
        on_disk: whether it is worth it; a single product is as well kept in memory.
    """

    def __init__(self, output: Path, *, on_disk: bool) -> None:
        self._output = output
        self._on_disk = on_disk
        self._products: dict[int, Product] = {}
        self._folder: Path | None = None
        self._end = ExitStack()

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end.close()

    def put(self, number: int, product: Product) -> None:
        """Keeps a product; if its files cannot be, the product says why (E501)."""
        if self._on_disk and product.files:
            try:
                folder = self._folder_of(number)
                folder.mkdir()
                for name, content in product.files.items():
                    (folder / name).write_bytes(content)
                product = replace(product, files=dict.fromkeys(product.files, b""))
            except OSError as error:
                product = self._failed(product, error)
        self._products[number] = product

    def look(self, number: int) -> Product:
        """A product; its files may be without their content."""
        return self._products[number]

    def take(self, number: int) -> Product:
        """A product with its files, kept no longer; if they cannot be read back, it says why."""
        product = self._products.pop(number)
        if not (self._on_disk and product.files):
            return product
        folder = self._folder_of(number)
        files = {}
        try:
            for name in product.files:
                files[name] = (folder / name).read_bytes()
                (folder / name).unlink()
        except OSError as error:
            return self._failed(product, error)
        return replace(product, files=files)

    def _failed(self, product: Product, error: OSError) -> Product:
        return Product(product.outcome.failed([output_unwritable(self._output, error)]))

    def _folder_of(self, number: int) -> Path:
        if self._folder is None:
            self._folder = self._end.enter_context(scratch_folder(self._output))
        return self._folder / str(number)
