using System.CommandLine;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.CommandLine;

/// <summary>The options of a command that logs in to an access point to work on its catalogue.</summary>
public static class AccessPointOptions
{
    /// <summary>Where it listens.</summary>
    public static readonly Option<string> Url = CreateUrl();

    /// <summary>The id that it must prove.</summary>
    public static readonly Option<string?> ServerId = CreateServerId();

    /// <summary>Who logs in.</summary>
    public static readonly Option<string> Name = CreateName();

    /// <summary>The id that was given; null for none.</summary>
    public static PeerId? ReadServerId(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return PeerId.TryParse(parsed.GetValue(ServerId), out var id) ? id : null;
    }

    private static Option<string> CreateUrl()
    {
        var option = new Option<string>("--access-point")
        {
            HelpName = "URL",
            Description = "Where the access point listens, such as https://host:7400",
            DefaultValueFactory = static _ => "http://127.0.0.1:7400",
            Recursive = true,
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var typed }] && !EndpointAddress.TryParse(typed, out _))
                result.AddError($"--access-point can't be '{typed}': it must be http://HOST:PORT or https://HOST:PORT.");
        });
        return option;
    }

    private static Option<string?> CreateServerId()
    {
        var option = new Option<string?>("--access-point-id")
        {
            HelpName = "ID",
            Description = "The id the access point must prove (https), where its certificate is self-signed",
            Recursive = true,
        };
        option.Validators.Add(static result =>
        {
            if (!PeerId.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError("--access-point-id must be 32 hexadecimal digits.");
        });
        return option;
    }

    private static Option<string> CreateName()
    {
        var option = new Option<string>("--name")
        {
            HelpName = "ACCOUNT",
            Description = "Account with the role import; password from SPOTIFYCORE_PASSWORD, standard input or a prompt",
            Required = true,
            Recursive = true,
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--name can't be '': it must be an account.");
        });
        return option;
    }
}
