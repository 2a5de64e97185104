using System.CommandLine;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Import;

/// <summary>The command line.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string?> Folder = new("FOLDER")
    {
        Description = "Folder of music, or a single file", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Verify = new("--verify")
    {
        Description = "Instead of importing (so without a folder), ask the masters of every file of the catalogue "
            + "whether they hold it; exits with 3 if not",
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Take out of the catalogue what was imported from FOLDER and is not there any more",
    };

    private static readonly Option<string> AccessPoint = new("--access-point")
    {
        HelpName = "URL",
        Description = "Where the access point listens, such as https://host:7400",
        DefaultValueFactory = static _ => "http://127.0.0.1:7400",
    };

    private static readonly Option<string?> ServerId = new("--access-point-id")
    {
        HelpName = "ID",
        Description = "The id the access point must prove (https), where its certificate is self-signed",
    };

    private static readonly Option<string> Name = new("--name")
    {
        HelpName = "ACCOUNT",
        Description = "Account with the role import; password from SPOTIFYCORE_PASSWORD, standard input or a prompt",
        Required = true,
    };

    private static readonly Option<int> Jobs = new("--jobs")
    {
        HelpName = "NUMBER",
        Description = "Cores to use; all unless set",
        DefaultValueFactory = static _ => Environment.ProcessorCount,
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Progress as JSON lines; so it is anyway where the output is no terminal",
    };

    private static readonly Option<string?> Log = new("--log")
    {
        HelpName = "FILE",
        Description = "File for the JSON lines, beside what is shown",
    };

    private static readonly Option<bool> Plain = new("--plain")
    {
        Description = "Plain TCP to the master nodes instead of TLS, within a trusted rack",
    };

    private static readonly Option<OpusCodecChoice> Codec = new("--codec")
    {
        HelpName = "auto|native|managed",
        Description = "Who encodes: native (libopus), managed (Concentus), or auto: libopus where it is installed",
        CustomParser = static result =>
        {
            var typed = result.Tokens[0].Value;
            switch (typed.ToLowerInvariant())
            {
                case "auto":
                    return OpusCodecChoice.Auto;
                case "native":
                    return OpusCodecChoice.Native;
                case "managed":
                    return OpusCodecChoice.Managed;
                default:
                    result.AddError($"'{typed}' is not auto, native or managed, which --codec takes.");
                    return default;
            }
        },
    };

    /// <summary>The command with its action.</summary>
    /// <param name="terminal">Where progress is drawn.</param>
    public static RootCommand Create(TextWriter terminal)
    {
        Jobs.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var typed }] && !(int.TryParse(typed, out var jobs) && jobs is >= 1 and <= 256))
                result.AddError($"'{typed}' is not 1 to 256, which --jobs takes.");
        });
        AccessPoint.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var typed }] && !EndpointAddress.TryParse(typed, out _))
                result.AddError($"--access-point can't be '{typed}': it must be http://HOST:PORT or https://HOST:PORT.");
        });
        Log.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var typed }] && WhyNoFile(typed) is { } why)
                result.AddError($"--log can't be '{typed}': {why}.");
        });
        Name.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--name can't be '': it must be an account.");
        });
        Folder.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("Name a folder of music, or a file: '' is none.");
        });
        ServerId.Validators.Add(static result =>
        {
            if (!PeerId.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError("--access-point-id must be 32 hexadecimal digits.");
        });
        var command = new RootCommand(
            "Imports music into SpotifyCore. Run it again to go on where it stopped.\n\n"
            + "Exits with 0 when every master that is to hold a file has it on disk; 1 when a source failed or the "
            + "servers can't be used; 2 for wrong use, or a folder without music; 3 when all can be played but a copy is "
            + "missing at a master that is away, which fetches it when it is back; 130 when interrupted.")
        {
            Folder, Verify, Prune, AccessPoint, ServerId, Name, Jobs, Json, Log, Plain, Codec,
        };
        command.Validators.Add(static result =>
        {
            switch (result.GetValue(Folder), result.GetValue(Verify))
            {
                case (null, false):
                    result.AddError("Name a folder of music, or a file.");
                    break;
                case ({ } folder, true):
                    result.AddError($"--verify asks about all that was ever imported: leave out '{folder}'.");
                    break;
            }

            if (result.GetValue(Prune) && (result.GetValue(Verify) || File.Exists(result.GetValue(Folder))))
                result.AddError("--prune looks for what is gone of a folder that is imported: name that.");
        });
        command.SetAction((parsed, cancellationToken) => ImportRun.RunAsync(Read(parsed, terminal), cancellationToken));
        return command;
    }

    private static string? WhyNoFile(string path)
    {
        if (path.Length == 0)
            return "it must be a file";
        if (Directory.Exists(path))
            return "it is a folder";

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return Directory.Exists(folder) ? null : $"there is no folder '{folder}'";
    }

    private static ImportOptions Read(ParseResult parsed, TextWriter terminal) => new(
        parsed.GetValue(Folder) ?? "",
        parsed.GetValue(AccessPoint)!,
        PeerId.TryParse(parsed.GetValue(ServerId), out var id) ? id : null,
        parsed.GetValue(Name)!,
        parsed.GetValue(Jobs),
        parsed.GetValue(Json) || Console.IsOutputRedirected)
    {
        IsVerify = parsed.GetValue(Verify),
        MayPrune = parsed.GetValue(Prune),
        IsPlain = parsed.GetValue(Plain),
        Codec = parsed.GetValue(Codec),
        LogFile = parsed.GetValue(Log),
        Terminal = terminal,
    };
}
