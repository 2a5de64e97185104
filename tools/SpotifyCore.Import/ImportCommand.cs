using System.CommandLine;
using System.CommandLine.Parsing;
using SpotifyCore.Codec.Opus;
using SpotifyCore.CommandLine;

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

    private static readonly Option<bool> Restore = new("--restore")
    {
        Description = "Show tracks again that were removed from the catalogue by hand, and whose files are here",
    };

    private static readonly Option<bool> Checksum = new("--checksum")
    {
        Description = "Read all files, also those whose size, times and number are as they were",
    };

    private static readonly Option<bool> Watch = new("--watch")
    {
        Description = "Stay, and take in what changes in FOLDER, within 10 s of its rest; Ctrl-C ends it",
    };

    private static readonly Option<string?> Advert = new("--advert")
    {
        HelpName = "CAMPAIGN",
        Description = "What is in FOLDER are adverts of that campaign, heard between tracks and found by nobody; import "
            + "again what is to be heard elsewhere, at other times or more often",
    };

    private static readonly Option<string[]> Countries = new("--country")
    {
        HelpName = "CODE", Description = "Country, by its two letters, in which the adverts are heard; may be given several times",
    };

    private static readonly Option<string?> From = new("--from")
    {
        HelpName = "DATE", Description = "First day on which the adverts are heard, as 2026-12-24, by UTC",
    };

    private static readonly Option<string?> Until = new("--until")
    {
        HelpName = "DATE", Description = "Last day on which the adverts are heard",
    };

    private static readonly Option<string?> Weight = new("--weight")
    {
        HelpName = "NUMBER", Description = "How often the adverts are chosen beside others, 1 to 1000; 1 unless set",
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
        Log.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var typed }] && WhyNoFile(typed) is { } why)
                result.AddError($"--log can't be '{typed}': {why}.");
        });
        Folder.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("Name a folder of music, or a file: '' is none.");
        });
        var command = new RootCommand(
            "Imports music into SpotifyCore. Run it again to go on where it stopped.\n\n"
            + "Exits with 0 when every master that is to hold a file has it on disk; 1 when a source failed or the "
            + "servers can't be used; 2 for wrong use, or a folder without music; 3 when all can be played but a copy is "
            + "missing at a master that is away, which fetches it when it is back; 130 when interrupted.")
        {
            Folder, Watch, Verify, Prune, Restore, Checksum, Advert, Countries, From, Until, Weight, AccessPointOptions.Url, AccessPointOptions.ServerId, AccessPointOptions.Name, Jobs,
            Json, Log, Plain, Codec,
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
            if (result.GetValue(Watch) && (result.GetValue(Verify) || File.Exists(result.GetValue(Folder))))
                result.AddError("--watch stays at a folder that is imported: name that.");
            if (result.GetValue(Restore) && result.GetValue(Verify))
                result.AddError("--restore is for an import: leave out --verify.");
            if (result.GetValue(Checksum) && result.GetValue(Verify))
                result.AddError("--checksum is for an import: leave out --verify.");
            if (AdvertTermsOption.WhyNot(TermsOf(result)) is { } why)
                result.AddError(why);
            if (result.GetValue(Advert) is not null
                && (result.GetValue(Verify) || result.GetValue(Watch) || result.GetValue(Prune) || result.GetValue(Restore)))
                result.AddError("--advert imports what is in FOLDER once: leave out the rest.");
        });
        command.SetAction((parsed, cancellationToken) => ImportRun.RunAsync(Read(parsed, terminal), cancellationToken));
        return command;
    }

    private static AdvertTermsOption TermsOf(CommandResult parsed) => new(parsed.GetValue(Advert))
    {
        Weight = parsed.GetValue(Weight),
        Countries = parsed.GetValue(Countries) ?? [],
        From = parsed.GetValue(From),
        Until = parsed.GetValue(Until),
    };

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
        parsed.GetValue(AccessPointOptions.Url)!,
        AccessPointOptions.ReadServerId(parsed),
        parsed.GetValue(AccessPointOptions.Name)!,
        parsed.GetValue(Jobs),
        parsed.GetValue(Json) || Console.IsOutputRedirected)
    {
        IsVerify = parsed.GetValue(Verify),
        MayPrune = parsed.GetValue(Prune),
        MayRestore = parsed.GetValue(Restore),
        ReadsAll = parsed.GetValue(Checksum),
        IsWatching = parsed.GetValue(Watch),
        IsPlain = parsed.GetValue(Plain),
        Codec = parsed.GetValue(Codec),
        Advert = TermsOf(parsed.CommandResult).ToMessage(),
        LogFile = parsed.GetValue(Log),
        Terminal = terminal,
    };
}
