"""Check commands of the aws CLI against the CLI's own models, without calling AWS.

Reads a JSON list of commands, each a list of words without the leading `aws`, from standard input. Prints a JSON list with what
the CLI says of each, empty where it takes the command. Exits with 3 where the CLI is not importable.

The CLI reads a command, validates its input and makes the request; in place of AWS, an empty answer comes back. What the CLI puts
together from several calls, such as `cloudformation deploy` or a waiter, is not for this program: it would wait forever.
"""

import contextlib
import io
import json
import os
import sys
from types import SimpleNamespace

try:
    from awscli.clidriver import create_clidriver
except ImportError:
    sys.exit(3)

os.environ.update(AWS_DEFAULT_REGION="us-east-1", AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none")
os.environ.pop("AWS_PROFILE", None)


def nothing(**_request):
    return SimpleNamespace(status_code=200), {"ResponseMetadata": {}}


def problem_of(words):
    driver = create_clidriver()
    driver.session.register("before-call", nothing)
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            code = driver.main(words)
        except SystemExit as ended:
            code = ended.code
    return "" if code == 0 else said.getvalue().strip()[-500:] or f"ended with {code}"


json.dump([problem_of(words) for words in json.load(sys.stdin)], sys.stdout)
