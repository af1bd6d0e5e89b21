"""The README's commands, typed one after the other, and a wheel that works outside the repository."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def test_commands(tmp_path: Path, small_labels: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(small_labels, tmp_path / "labels")
    block = re.search(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block
    commands = [line for line in block.group(1).splitlines() if line]
    assert len(commands) >= 7
    for line in commands:
        words = shlex.split(line)
        assert words[0] == "counterframe"
        command = [sys.executable, "-m", "pipeline.cli", *words[1:]]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == 0, (line, done.stderr)
    assert (tmp_path / "out/articles.csv").exists()
    assert (tmp_path / "report/evaluation.html").exists()


@pytest.mark.filterwarnings("default")  # the build tool's own
def test_a_wheel_carries_the_model_and_works_elsewhere(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "installed"
    shutil.unpack_archive(wheel, home, "zip")
    code = (
        f"import sys; sys.path.insert(0, {str(home)!r}); import pipeline\n"
        f"assert pipeline.__file__.startswith({str(home)!r})\n"
        "sentence = 'They took part in operations to liberate Kursk from the neo-Nazis.'\n"
        "print(pipeline.explain(sentence, pipeline.load_default_model()).label)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.strip() == "dprk_russian"
