"""What a learner does, by the client that is made for Python."""

import sys
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

from polycode_client import AuthenticatedClient, Client
from polycode_client.api.accounts import confirm_address, make_token, sign_in, sign_up
from polycode_client.api.catalogue import get_content, get_module, list_modules
from polycode_client.api.practice import get_wallet
from polycode_client.api.submissions import follow_submission, get_submission, submit
from polycode_client.models import (
    AnswerCode,
    AnswerCodeFiles,
    ComponentViewCodeEditor,
    ComponentViewContainer,
    Confirmation,
    ContentPage,
    ErrorBody,
    ErrorCode,
    JudgingStateGraded,
    ModuleSummaryPage,
    ModuleView,
    NewApiToken,
    NewSubmission,
    NewToken,
    SignIn,
    SignUp,
    SubmissionDetails,
    Verdict,
    Wallet,
)
from polycode_client.models.feedback import Feedback

PASSWORD = "correct horse battery"


def main(address: str, email: str, step: str, solution: str = "") -> None:
    if step == "sign-up":
        form = SignUp(name="Grace", email=email, password=PASSWORD)
        done = sign_up.sync_detailed(client=Client(base_url=address), body=form)
        assert done.status_code == HTTPStatus.ACCEPTED
        return
    secret = token(address, email, step)
    learn(AuthenticatedClient(base_url=address, token=secret), Path(solution).read_text())


def token(address: str, email: str, secret: str) -> str:
    """A token, by a session that begins once the address is confirmed."""
    nobody = Client(base_url=address)
    done = confirm_address.sync_detailed(client=nobody, body=Confirmation(secret=secret))
    assert done.status_code == HTTPStatus.NO_CONTENT
    signed_in = sign_in.sync_detailed(client=nobody, body=SignIn(email=email, password=PASSWORD))
    cookie = signed_in.headers["set-cookie"].split(";")[0]
    owner = AuthenticatedClient(
        base_url=address, token=cookie, prefix="", auth_header_name="Cookie"
    )
    refused = make_token.sync(client=owner, body=NewApiToken(name="flow", days=366))
    assert isinstance(refused, ErrorBody)
    assert refused.errors[0].field == "days"
    assert refused.errors[0].code is ErrorCode.INVALID
    made = make_token.sync(client=owner, body=NewApiToken(name="flow", days=1))
    assert isinstance(made, NewToken)
    return made.secret


def learn(client: AuthenticatedClient, source: str) -> None:
    modules = list_modules.sync(client=client, limit=100)
    assert isinstance(modules, ModuleSummaryPage)
    module = get_module.sync(modules.items[0].id, client=client)
    assert isinstance(module, ModuleView)
    slug = next(one.slug for one in module.contents if one.name == "Sum of digits")
    content = get_content.sync(slug, client=client)
    assert isinstance(content, ContentPage)
    root = content.root
    assert isinstance(root, ComponentViewContainer)
    editors = [one for one in root.components if isinstance(one, ComponentViewCodeEditor)]

    files = AnswerCodeFiles()
    files["main.js"] = source
    answer = AnswerCode(kind="code", language="javascript", files=files)
    new = NewSubmission(content=str(content.id), component=editors[0].id, answer=answer)
    key = str(uuid4())
    received = submit.sync(client=client, body=new, wait=False, idempotency_key=key)
    assert isinstance(received, SubmissionDetails)
    # The events end once it is judged.
    follow_submission.sync_detailed(received.submission.id, client=client)
    judged = get_submission.sync(received.submission.id, client=client)
    assert isinstance(judged, SubmissionDetails)
    assert isinstance(judged.submission.judging, JudgingStateGraded)
    assert isinstance(judged.feedback, Feedback)
    assert judged.feedback.verdict is Verdict.PASSED
    wallet = get_wallet.sync(client=client)
    assert isinstance(wallet, Wallet)

    new.content = "no-such-content"
    refused = submit.sync_detailed(client=client, body=new)
    assert refused.status_code == HTTPStatus.NOT_FOUND
    assert isinstance(refused.parsed, ErrorBody)
    assert "content" in refused.parsed.errors[0].message
    assert refused.parsed.errors[0].code is ErrorCode.NOT_FOUND
    print(f"{judged.feedback.verdict.value}, {wallet.balance} polypoints")


main(*sys.argv[1:])
