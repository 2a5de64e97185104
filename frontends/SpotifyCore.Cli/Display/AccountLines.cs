using System.Globalization;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What an account says, and where it is logged in, for people.</summary>
internal static class AccountLines
{
    private const int ShownOfClient = 8;

    /// <summary>A profile, a line a thing.</summary>
    public static IEnumerable<string> Of(Profile profile)
    {
        yield return $"account      {profile.Name}, since {Day(profile.CreatedUnixMs)}";
        yield return $"reference    {Known(profile.Reference, "none")}";
        yield return $"shown as     {Known(profile.DisplayName, profile.Name)}";
        yield return $"country      {Known(profile.Country, "not known")}";
        yield return $"e-mail       {Known(profile.Email, "none")}"
            + (profile.Email.Length > 0 && !profile.EmailVerified ? " (not verified)" : "");
        yield return $"invitations  {profile.Invitations} left to give";
        if (profile.Terms is { } terms)
            yield return $"plan         {Of(terms)}";
    }

    /// <summary>A session: client, device, when it was logged in, when and where it was seen.</summary>
    public static string Of(SessionEntry session) =>
        $"{ClientOf(session)[..ShownOfClient]}  {Known(session.Device, "unnamed device")}"
        + (session.DeviceKind == DeviceKind.Phone ? ", a phone" : "")
        + (session.AppPassword.Length > 0 ? $" ({session.AppPassword})" : "")
        + $"  logged in {Time(session.CreatedUnixMs)}  seen {Time(session.SeenUnixMs)}"
        + $"{(session.Address.Length > 0 ? $" from {session.Address}" : "")}{(session.Current ? "  (this device)" : "")}";

    /// <summary>A client's id, as it is typed.</summary>
    public static string ClientOf(SessionEntry session) =>
        Convert.ToHexStringLower(session.Client.Span).PadRight(ShownOfClient);

    /// <summary>An app password.</summary>
    public static string Of(AppPasswordEntry one) => $"{one.Name}  made {Day(one.CreatedUnixMs)}  "
        + (one.UsedUnixMs == 0 ? "not used yet" : $"used {Time(one.UsedUnixMs)}");

    /// <summary>A link.</summary>
    public static string Of(LinkEntry link) => $"{link.Provider}  {link.Subject}  linked {Day(link.LinkedUnixMs)}  "
        + (link.UsedUnixMs == 0 ? "not used yet" : $"used {Time(link.UsedUnixMs)}");

    /// <summary>An invitation that was just made.</summary>
    public static IEnumerable<string> Of(NewInvitation made)
    {
        yield return made.Code;
        yield return $"good for one account until {Day(made.ExpiresUnixMs)}; nobody can tell the code again";
    }

    /// <summary>An invitation that was given.</summary>
    public static string Of(Invitation given) => $"{given.Begins}...  given {Day(given.MadeUnixMs)}  "
        + (given.TakenUnixMs == 0 ? $"open until {Day(given.ExpiresUnixMs)}"
            : $"taken {Day(given.TakenUnixMs)} by {Known(given.TakenBy, "an account that is gone")}");

    private static string Of(PlanTerms terms) => terms.Plan
        + (terms.UntilUnixMs > 0 ? $" until {Time(terms.UntilUnixMs)}" : "")
        + $"; on this device {(terms.OnDemand ? "what you choose" : "radio alone")}, "
        + $"{(terms.Adverts ? "with" : "without")} adverts, up to {terms.MaxBitsPerSecond / 1_000} kbps";

    private static string Known(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static string Day(long unixMs) =>
        Local(unixMs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(long unixMs) =>
        unixMs == 0 ? "at an unknown time" : Local(unixMs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToLocalTime();
}
