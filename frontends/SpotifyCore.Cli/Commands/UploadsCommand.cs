using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore uploads</c>, with a subcommand for each thing that can be set.</summary>
internal static class UploadsCommand
{
    private const long MostCap = 2_047L << 20;
    private const long MostBudget = (1L << 53) - 1; // what a reader of JSON takes for a whole number

    private static readonly Option<bool> Json = new("--json") { Description = "One line of JSON", Recursive = true };

    public static Command Create()
    {
        var command = new Command("uploads", "Shows what is given to other listeners, to whom, and why; or changes what may be.")
        {
            Json,
            Fixed("on", "Lets the daemon give to other listeners.", new SetUploadsRequest { Enabled = true }),
            Fixed("off", "Gives nothing to others any more.", new SetUploadsRequest { Enabled = false }),
            Fixed("default", "Goes by the options that the daemon was started with again.", new SetUploadsRequest { Reset = true }),
            Size("cap", "So much a second at most: 500KiB; or auto, which measures what the line bears.", "auto", MostCap,
                static size => new SetUploadsRequest { MaxBytesPerSecond = (int)size }),
            Size("budget", "So much a calendar month at most: 20GiB; or none.", "none", MostBudget,
                static size => new SetUploadsRequest { MonthlyBytes = size }),
            Switch("lan-only", "Connects to listeners of the same LAN alone.",
                static on => new SetUploadsRequest { LanOnly = on }),
            Switch("metered", "The line is paid by the byte: servers only, nothing goes up.",
                static on => new SetUploadsRequest { Metered = on }),
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var uploads = await desktop.GetUploadsAsync(new GetUploadsRequest(), cancellationToken: cancellationToken);
            Show(parsed, uploads);
            if (!parsed.GetValue(Json))
                Console.WriteLine(UploadLines.Outside(uploads));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Fixed(string name, string description, SetUploadsRequest request)
    {
        var command = new Command(name, description);
        Set(command, _ => request);
        return command;
    }

    private static Command Switch(string name, string description, Func<bool, SetUploadsRequest> request)
    {
        var state = new Argument<string>("on|off") { Description = "on or off" };
        state.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: not ("on" or "off") and var typed }])
                result.AddError($"'{typed}' is not on or off.");
        });
        var command = new Command(name, description) { state };
        Set(command, parsed => request(parsed.GetValue(state) == "on"));
        return command;
    }

    private static Command Size(
        string name, string description, string zero, long most, Func<long, SetUploadsRequest> request)
    {
        var meaning = $"A whole number with B, KiB, MiB or GiB behind it; or {zero}";
        var size = new Argument<string>("SIZE") { Description = meaning };
        size.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var typed }])
                return;

            // So large a number is too large in any unit.
            var isSize = ByteCount.TryParse(typed, zero, out var bytes);
            if (bytes > most || (!isSize && ByteCount.TryParse($"{typed}B", zero, out var least) && least > most))
                result.AddError($"'{typed}' is more than {name} takes: at most {most >> 20}MiB, or {zero}.");
            else if (!isSize)
                result.AddError(HowToWrite(typed, zero));
        });
        var command = new Command(name, description) { size };
        Set(command, parsed => request(ByteCount.Parse(parsed.GetValue(size), zero)));
        return command;
    }

    private static string HowToWrite(string typed, string zero) =>
        typed.All(char.IsAsciiDigit) && typed.Any(static digit => digit != '0')
            ? $"{typed} of what? Write {typed}KiB, {typed}MiB, {typed}GiB or {typed}B; or {zero}."
            : $"'{typed}' is no size: write a number above 0 with B, KiB, MiB or GiB behind it; or {zero}.";

    private static void Set(Command command, Func<ParseResult, SetUploadsRequest> request) =>
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            Show(parsed, await desktop.SetUploadsAsync(request(parsed), cancellationToken: cancellationToken));
            return ExitCodes.Done;
        });

    private static void Show(ParseResult parsed, Uploads uploads)
    {
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(UploadLines.Json(uploads).ToJsonString());
            return;
        }

        foreach (var line in UploadLines.Text(uploads))
            Console.WriteLine(line);
    }
}
