"""Start moto on a free port of the loopback interface, with few of its AWS managed policies.

moto copies every AWS managed policy into every account that is used, which costs a second and some ten
megabytes an account; the tests use a dozen policies. Prints the port as its first line and serves until
its standard input ends, so that it never outlives the process that started it. Exits with 3 without moto.
"""

import json
import logging
import os
import sys
import threading

KEPT = {
    "AWSCompromisedKeyQuarantine",
    "AWSCompromisedKeyQuarantineV2",
    "AWSCompromisedKeyQuarantineV3",
    "AdministratorAccess",
    "AmazonEC2FullAccess",
    "AmazonEC2ReadOnlyAccess",
    "AmazonRoute53FullAccess",
    "AmazonRoute53ReadOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "ViewOnlyAccess",
}


def main():
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    try:
        from moto.iam import models
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server
    except ImportError as error:
        print(f"moto is not installed here: {error}", file=sys.stderr)
        return 3
    managed = json.loads(models.aws_managed_policies_data)
    models.aws_managed_policies_data = json.dumps({name: managed[name] for name in KEPT if name in managed})
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    print(server.port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
