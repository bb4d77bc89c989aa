"""Writes the pages that the other tests judge: of made-up partners by page_sample, of examples/ by the program itself."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
pages = Path(os.environ["PAGES"])
shutil.rmtree(pages, ignore_errors=True)
pages.mkdir(parents=True)


def sample(language, extent, kind, name):
    page = subprocess.run([os.environ["PAGE_SAMPLE"], language, extent, kind], check=True, capture_output=True).stdout
    (pages / name).write_bytes(page)


for language in LANGUAGES:
    sample(language, "site", "sample", f"sample.{language}.html")
sample("en", "page", "hostile", "hostile.html")
sample("en", "page", "plain", "plain.html")
sample("lv", "page", "empty", "empty.html")
for language in ("en", "lv", "el", "bg"):
    sample(language, "site", "100", f"hundred.{language}.html")
sample("en", "page", "400", "long.html")
sample("en", "page", "1001", "cut.html")
sample("lv", "fragment", "sample", "fragment.html")
sample("lv", "ecl", "sample", "ecl.html")

with tempfile.TemporaryDirectory() as folder:
    path = f"{Path(os.environ['COVENANT']).parent}:{os.environ['PATH']}"
    subprocess.run(["../../examples/main-job", folder], check=True, stdout=subprocess.DEVNULL,
                   env=os.environ | {"PATH": path, "COVENANT_ACTOR": "office"})
    for language in LANGUAGES:
        report = subprocess.run(["covenant", "report", "--format", "html", "--lang", language], check=True,
                                capture_output=True,
                                env=os.environ | {"PATH": path, "COVENANT_REGISTRY": f"{folder}/registry.db"}).stdout
        (pages / f"report.{language}.html").write_bytes(report)
    for language in ("en", "lv"):
        shutil.copy(f"{folder}/partners.{language}.html", pages / f"example.{language}.html")
