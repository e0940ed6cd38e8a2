"""The command line. Each command is a module of this package, imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

#: command name → (module, one-line help in Thai and English); help text stands here so that ``--help`` imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "ลองใช้กับข้อมูลตัวอย่าง / run the sample from files to pages"),
    "read": ("read", "อ่านไฟล์โดยไม่บันทึก / show what files hold, write nothing"),
    "import": ("import_", "นำเข้าไฟล์ / import files"),
    "mappings": ("mappings", "การจับคู่หัวคอลัมน์ที่จำไว้ / mappings that are remembered"),
    "link": ("link", "เสนอความเชื่อมโยง / propose links"),
    "links": ("links", "รายการความเชื่อมโยง / list links"),
    "review": ("review", "ตรวจและตัดสินความเชื่อมโยง / review and decide links"),
    "score": ("score", "ให้คะแนนคู่รายการ / score pairs of records"),
    "evaluate": ("evaluate", "วัดผลการจับคู่ / measure matching on labels"),
    "explain": ("explain", "อธิบายว่าทำไมเชื่อมหรือไม่เชื่อม / why two records are linked, or not"),
    "label": ("label", "เลือกคู่ที่ควรให้คนตัดสิน / the pairs that are most worth labelling"),
    "train": ("train", "ปรับแบบจำลองจากคำตัดสิน / learn from labels and decisions"),
    "group": ("group", "จัดกลุ่มงานเดียวกันในไฟล์ / group the same work in a file, without importing it"),
    "query": ("query", "ถามคำถาม / run a question"),
    "align": ("align", "คะแนนความสอดคล้อง / alignment score"),
    "process": ("process", "กระบวนการตามหนังสือ มท. / the process of the letter"),
    "calendar": ("calendar", "ปฏิทินงาน / who owes what to whom, when"),
    "export": ("export", "ส่งออกตามแบบฟอร์ม ผ.02 / write the planners' own forms"),
    "picture": ("picture", "ผังความเชื่อมโยง / picture of a trace"),
    "serve": ("serve", "เปิดหน้าเว็บ / serve pages and API"),
    "doctor": ("doctor", "ตรวจสุขภาพระบบ / check the installation and the data"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on use: ``--help`` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"tracegraph.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", metavar="DIR", default=None, help="โฟลเดอร์ข้อมูล / data folder (default: TRACEGRAPH_HOME)")
@click.version_option(package_name="tracegraph")
@click.pass_context
def cli(ctx: click.Context, home: str | None) -> None:
    """tracegraph: ความต้องการของหมู่บ้านไปถึงแผนไหน / which village needs reached which plan."""
    ctx.obj = home


def main(argv: list[str] | None = None) -> None:
    """Run the command line: results on stdout, messages on stderr; exit 0, 1 (refused or failed), 2 (usage)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # Windows consoles default to a code page without Thai
            reconfigure(encoding="utf-8", errors="replace")
    from tracegraph.errors import TracegraphError

    try:
        # without standalone mode click returns the status of ctx.exit() instead of leaving
        status = cli.main(args=argv, prog_name="tracegraph", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("ยกเลิกแล้ว / aborted", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TracegraphError as error:
        from tracegraph.cli.common import show_error

        show_error(error)
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
