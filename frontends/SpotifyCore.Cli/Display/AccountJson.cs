using System.Text.Json.Nodes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What an account says, and where it is logged in, for programs; a line a thing. The field names are kept.</summary>
internal static class AccountJson
{
    public static string Of(Profile profile) => new JsonObject
    {
        ["account"] = profile.Name,
        ["reference"] = profile.Reference,
        ["display_name"] = profile.DisplayName,
        ["country"] = profile.Country,
        ["email"] = profile.Email,
        ["email_verified"] = profile.EmailVerified,
        ["created_unix_ms"] = profile.CreatedUnixMs,
        ["invitations"] = profile.Invitations,
        ["plan"] = profile.Terms is { } terms ? Of(terms) : null,
    }.ToJsonString();

    private static JsonObject Of(PlanTerms terms) => new()
    {
        ["name"] = terms.Plan.ToString(),
        ["until_unix_ms"] = terms.UntilUnixMs,
        ["on_demand"] = terms.OnDemand,
        ["adverts"] = terms.Adverts,
        ["max_bits_per_second"] = terms.MaxBitsPerSecond,
        ["peers"] = terms.Peers,
        ["offline"] = terms.Offline,
    };

    public static string Of(SessionEntry session) => new JsonObject
    {
        ["client"] = AccountLines.ClientOf(session),
        ["device"] = session.Device,
        ["app_password"] = session.AppPassword,
        ["device_kind"] = session.DeviceKind == DeviceKind.Phone ? "phone" : "desktop",
        ["created_unix_ms"] = session.CreatedUnixMs,
        ["seen_unix_ms"] = session.SeenUnixMs,
        ["address"] = session.Address,
        ["current"] = session.Current,
    }.ToJsonString();

    public static string Of(AppPasswordEntry one) => new JsonObject
    {
        ["name"] = one.Name, ["created_unix_ms"] = one.CreatedUnixMs, ["used_unix_ms"] = one.UsedUnixMs,
    }.ToJsonString();

    public static string Of(LinkEntry link) => new JsonObject
    {
        ["provider"] = link.Provider,
        ["subject"] = link.Subject,
        ["linked_unix_ms"] = link.LinkedUnixMs,
        ["used_unix_ms"] = link.UsedUnixMs,
    }.ToJsonString();

    public static string Of(NewInvitation made) => new JsonObject
    {
        ["code"] = made.Code, ["expires_unix_ms"] = made.ExpiresUnixMs,
    }.ToJsonString();

    public static string Of(Invitation given) => new JsonObject
    {
        ["begins"] = given.Begins,
        ["made_unix_ms"] = given.MadeUnixMs,
        ["expires_unix_ms"] = given.ExpiresUnixMs,
        ["taken_by"] = given.TakenBy,
        ["taken_unix_ms"] = given.TakenUnixMs,
    }.ToJsonString();
}
