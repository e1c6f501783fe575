"""Who keeps the law library, and the shape of this app's refusals."""

from __future__ import annotations

from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refusing, gettext_noop

#: Who enters laws and their texts.
KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
#: No inspection without a legal basis that anybody can look up.
BASIS = gettext_noop("国办发〔2024〕54号三：检查事项须有法律、法规、规章依据")
#: A single refusal of this app, ready to be raised.
refuse = Refusing("law", BASIS)
