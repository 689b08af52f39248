"""The checks there are, a line each, by code; the order of running makes no difference."""

from __future__ import annotations

from reconciler.checks.check import Check
from reconciler.checks.connectors.contradicting_unit import ContradictingUnit
from reconciler.checks.connectors.deselected_attribute import DeselectedAttribute
from reconciler.checks.connectors.foreign_domain import ForeignDomain
from reconciler.checks.connectors.idle_exclusion import IdleExclusion
from reconciler.checks.connectors.malformed_name import MalformedDistinguishedName
from reconciler.checks.connectors.one_declaration import OneDeclaration
from reconciler.checks.connectors.setting_of_a_forest import SettingOfAForest
from reconciler.checks.connectors.unit_outside_domain import UnitOutsideDomain
from reconciler.checks.connectors.unselected_attribute import UnselectedAttribute
from reconciler.checks.connectors.unselected_object_type import UnselectedObjectType
from reconciler.checks.expressions.ambiguous_operators import AmbiguousOperators
from reconciler.checks.expressions.argument_count import ArgumentCount
from reconciler.checks.expressions.missing_variable import MissingVariable
from reconciler.checks.expressions.syntax import ExpressionSyntax
from reconciler.checks.expressions.undocumented_function import UndocumentedFunction
from reconciler.checks.expressions.unknown_function import UnknownFunction
from reconciler.checks.expressions.unknown_variable import UnknownVariable
from reconciler.checks.expressions.unlisted_parameter import UnlistedParameter
from reconciler.checks.filtering.filter_value import FilterValue
from reconciler.checks.filtering.mixed_filters import MixedFilters
from reconciler.checks.rules.any_metaverse_type import AnyMetaverseType
from reconciler.checks.rules.case_sensitive_join import CaseSensitiveJoin
from reconciler.checks.rules.custom_precedence import CustomPrecedence
from reconciler.checks.rules.disabled_default import DisabledDefault
from reconciler.checks.rules.edited_default_rule import EditedDefaultRule
from reconciler.checks.rules.enabled_clone import EnabledClone
from reconciler.checks.rules.foreign_baseline import ForeignBaseline
from reconciler.checks.rules.insertion_point import InsertionPoint
from reconciler.checks.rules.join_required import JoinRequired
from reconciler.checks.rules.known_connector import KnownConnector
from reconciler.checks.rules.literal_constant import LiteralConstant
from reconciler.checks.rules.member_of import MemberOf
from reconciler.checks.rules.merge_types import MergeTypes
from reconciler.checks.rules.moved_from import MovedFrom
from reconciler.checks.rules.one_name import OneName
from reconciler.checks.rules.one_precedence import OnePrecedence
from reconciler.checks.rules.operand import Operand
from reconciler.checks.rules.precedence_anchor import PrecedenceAnchor
from reconciler.checks.rules.precedence_circle import PrecedenceCircle
from reconciler.checks.rules.precedence_room import PrecedenceRoom
from reconciler.checks.rules.several_joins import SeveralJoins
from reconciler.checks.rules.soft_delete import SoftDelete
from reconciler.checks.schema.constant_type import ConstantType
from reconciler.checks.schema.direct_flow import DirectFlow
from reconciler.checks.schema.join_target import JoinTarget
from reconciler.checks.schema.merge_target import MergeTarget
from reconciler.checks.schema.read_only_target import ReadOnlyTarget
from reconciler.checks.schema.reference_scope import ReferenceScope
from reconciler.checks.schema.unknown_attribute import UnknownAttribute
from reconciler.checks.schema.unknown_object_type import UnknownObjectType
from reconciler.checks.schema.unknown_selection import UnknownSelection
from reconciler.checks.server.build_form import BuildForm
from reconciler.checks.server.deletion_guard import DeletionGuard
from reconciler.checks.server.purge_interval import PurgeInterval
from reconciler.checks.server.stopped_schedule import StoppedSchedule
from reconciler.checks.server.sync_interval import SyncInterval
from reconciler.checks.server.time_span import TimeSpan
from reconciler.checks.topology.host_names import HostNames
from reconciler.checks.topology.one_active_server import OneActiveServer
from reconciler.checks.topology.own_name import OwnName
from reconciler.checks.topology.some_active_server import SomeActiveServer

CHECKS: tuple[Check, ...] = (
    ExpressionSyntax(),
    UnknownFunction(),
    ArgumentCount(),
    UnknownVariable(),
    MissingVariable(),
    UnlistedParameter(),
    AmbiguousOperators(),
    UndocumentedFunction(),
    CustomPrecedence(),
    OnePrecedence(),
    OneName(),
    MovedFrom(),
    PrecedenceAnchor(),
    PrecedenceCircle(),
    PrecedenceRoom(),
    InsertionPoint(),
    KnownConnector(),
    EditedDefaultRule(),
    ForeignBaseline(),
    JoinRequired(),
    SoftDelete(),
    AnyMetaverseType(),
    CaseSensitiveJoin(),
    Operand(),
    MemberOf(),
    MergeTypes(),
    LiteralConstant(),
    EnabledClone(),
    SeveralJoins(),
    DisabledDefault(),
    FilterValue(),
    MixedFilters(),
    UnknownAttribute(),
    UnknownObjectType(),
    DirectFlow(),
    JoinTarget(),
    ReferenceScope(),
    ReadOnlyTarget(),
    ConstantType(),
    MergeTarget(),
    UnknownSelection(),
    UnselectedAttribute(),
    DeselectedAttribute(),
    UnselectedObjectType(),
    MalformedDistinguishedName(),
    UnitOutsideDomain(),
    ContradictingUnit(),
    IdleExclusion(),
    ForeignDomain(),
    OneDeclaration(),
    SettingOfAForest(),
    TimeSpan(),
    SyncInterval(),
    PurgeInterval(),
    StoppedSchedule(),
    DeletionGuard(),
    BuildForm(),
    OneActiveServer(),
    SomeActiveServer(),
    HostNames(),
    OwnName(),
)
