"""
The environment that a child process gets: this one's, without anything that could be a secret.

decision C3. Which variables are sources of secrets, the connections say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_OF_CI = re.compile(
    r"""
    ACTIONS_.*            # GitHub Actions: tokens of the runtime and of OpenID Connect
    | GITHUB_TOKEN | GH_TOKEN | GH_ENTERPRISE_TOKEN | GITHUB_ENTERPRISE_TOKEN
    | INPUT_.*            # inputs of a GitHub action, among them tokens
    | SYSTEM_ACCESSTOKEN | AZURE_DEVOPS_EXT_PAT | ENDPOINT_.* | SECRET_.*   # Azure Pipelines
    | CI_JOB_JWT.* | CI_DEPLOY_.* | CI_REGISTRY_PASSWORD | CI_REPOSITORY_URL  # GitLab
    | IDENTITY_HEADER | MSI_SECRET
    | AWS_.* | AZURE_CLIENT_.* | AZURE_FEDERATED_.*
    """,
    re.VERBOSE,
)
_SECRET_NAME = re.compile(
    r".*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|PRIVATE_?KEY|API_?KEY|_PAT)"
)


def child_environment(environ: Mapping[str, str], secret_sources: Iterable[str]) -> dict[str, str]:
    """
    Return the variables that a child process may see, names compared without case.

    >>> child_environment({"PATH": "/bin", "CI_JOB_TOKEN": "x", "AD_READER": "y"}, ["AD_READER"])
    {'PATH': '/bin'}
    """
    sources = {name.upper() for name in secret_sources}
    return {
        name: value
        for name, value in environ.items()
        if name.upper() not in sources and not _is_secret(name.upper())
    }


def _is_secret(name: str) -> bool:
    return bool(_OF_CI.fullmatch(name) or _SECRET_NAME.fullmatch(name))
