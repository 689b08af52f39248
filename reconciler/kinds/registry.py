"""The kinds there are, a line each; the order is the order of documents and reports."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reconciler.kinds.attribute_selection import AttributeSelection
from reconciler.kinds.audit_logging import AuditLogging
from reconciler.kinds.automatic_upgrade import AutomaticUpgrade
from reconciler.kinds.connector import Connector
from reconciler.kinds.deletion_threshold import DeletionThreshold
from reconciler.kinds.device_sync import DeviceSync
from reconciler.kinds.device_writeback import DeviceWriteback
from reconciler.kinds.directory_extensions import DirectoryExtensions
from reconciler.kinds.domain import Domain
from reconciler.kinds.exchange_hybrid import ExchangeHybrid
from reconciler.kinds.group_filter import GroupFilter
from reconciler.kinds.group_writeback import GroupWriteback
from reconciler.kinds.kind import Kind
from reconciler.kinds.minimum_build import MinimumBuild
from reconciler.kinds.object_types import ObjectTypes
from reconciler.kinds.organizational_units import OrganizationalUnits
from reconciler.kinds.password_hash_sync import PasswordHashSync
from reconciler.kinds.password_writeback import PasswordWriteback
from reconciler.kinds.preferred_domain_controllers import PreferredDomainControllers
from reconciler.kinds.rules.default_rule import DefaultRule
from reconciler.kinds.rules.sync_rule import SyncRule
from reconciler.kinds.scheduler import Scheduler
from reconciler.kinds.sign_in_method import SignInMethod
from reconciler.kinds.staging_mode import StagingMode

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Scheduler(),
            AutomaticUpgrade(),
            AuditLogging(),
            MinimumBuild(),
            DeletionThreshold(),
            DirectoryExtensions(),
            PasswordWriteback(),
            DeviceWriteback(),
            DeviceSync(),
            GroupWriteback(),
            ExchangeHybrid(),
            SignInMethod(),
            StagingMode(),
            Connector(),
            Domain(),
            OrganizationalUnits(),
            PreferredDomainControllers(),
            GroupFilter(),
            ObjectTypes(),
            AttributeSelection(),
            PasswordHashSync(),
            SyncRule(),
            DefaultRule(),
        )
    }
)
