using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>The <c>registration</c> command: who may make an account of himself.</summary>
internal static class RegistrationCommand
{
    /// <summary>How it is called, for <see cref="HostProgram.Commands"/>.</summary>
    public static readonly HostCommand[] Commands =
    [
        new(
            "registration [open|invitation|closed] [--country SE]",
            "Has everybody register, or who is invited, or nobody, in one country or wherever nothing else is set; counts"
            + " at once, at access points that run too. Without a word it says how that is set."),
        new("registration default --country SE", "Has a country go by what is set for all others again."),
    ];

    private const string Default = "default";

    private static readonly Dictionary<string, RegistrationMode> Modes = new(StringComparer.Ordinal)
    {
        ["open"] = RegistrationMode.Open,
        ["invitation"] = RegistrationMode.Invitation,
        ["closed"] = RegistrationMode.Closed,
    };

    private static readonly OperatorCommand Command = new(
        "registration", Modes.Keys.Append(Default).ToDictionary(static word => word, static _ => Array.Empty<string>()))
    {
        Claim = static options => options.Claim<RegistrationOptions>(),
        TakesNone = true,
    };

    public static bool IsMeant(string[] args) => args is ["registration", ..];

    public static Task<int> RunAsync(HostProgram program, string[] args) =>
        Command.RunAsync(program, args, static (words, data) => Task.FromResult(Do(words, data)));

    private static string Do(string[] words, OperatorData data)
    {
        var country = data.Options.Read<RegistrationOptions>().Country;
        if (country.Length > 0 && !CountryCodes.TryRead(country, out country))
            throw new OptionsException($"--country can't be '{country}': it must be two letters, such as SE");
        if (words is [Default] && country.Length == 0)
            throw new OptionsException($"registration {Default} needs --country; --help explains it");

        var settings = data.Existing<RegistrationSettings>();
        if (words is [Default])
            settings.Clear(country);
        else if (words is [var word])
            settings.Set(country, Modes[word]);

        return string.Join(Environment.NewLine, settings.List().Select(static set =>
            $"{(set.Country.Length == 0 ? "elsewhere" : set.Country),-9}  {WordOf(set.Mode)}"));
    }

    private static string WordOf(RegistrationMode mode) => Modes.First(named => named.Value == mode).Key;
}
