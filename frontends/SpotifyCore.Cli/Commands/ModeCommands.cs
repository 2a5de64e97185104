using System.CommandLine;
using System.Globalization;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>
/// <c>shuffle</c>, <c>repeat</c>, <c>volume</c> and <c>crossfade</c>: each shows how it is, or sets it and shows it.
/// </summary>
internal static class ModeCommands
{
    private const int MostCrossfade = 12;

    public static IEnumerable<Command> Create() => [CreateShuffle(), CreateRepeat(), CreateVolume(), CreateCrossfade()];

    private static Command CreateShuffle()
    {
        var state = Word("on or off; without it, how it is", "on", "off");
        var description = "Plays what follows in a random order, or in its own again. So does 'play', behind the first"
            + " track.";
        var command = new Command("shuffle", description) { state };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var status = parsed.GetValue(state) is { } word
                ? await desktop.SetShuffleAsync(
                    new SetShuffleRequest { Shuffled = word == "on" }, cancellationToken: cancellationToken)
                : await GetAsync(desktop, cancellationToken);
            Console.WriteLine($"Shuffle is {(status.Shuffled ? "on" : "off")}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRepeat()
    {
        var mode = Word("off, all or one; without it, how it is", "off", "all", "one");
        var command = new Command("repeat", "Begins again after the last track, or repeats the one that plays.") { mode };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var status = parsed.GetValue(mode) is { } word
                ? await desktop.SetRepeatAsync(
                    new SetRepeatRequest { Repeat = Parse(word) }, cancellationToken: cancellationToken)
                : await GetAsync(desktop, cancellationToken);
            Console.WriteLine(status.Repeat switch
            {
                QueueRepeat.All => "Repeat is on: the queue begins again after its last track.",
                QueueRepeat.One => "Repeat is on: the track that plays begins again.",
                _ => "Repeat is off.",
            });
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateVolume()
    {
        var percent = new Argument<string?>("PERCENT")
        {
            Description = "0 to 100, with or without %; +5 or -5 to change it by so much; without it, how it is",
            Arity = ArgumentArity.ZeroOrOne,
        };
        percent.Validators.Add(static result =>
        {
            if (result.Tokens is [var typed] && !TryParse(typed.Value, 0, out _))
                result.AddError($"'{typed.Value}' is no volume: write 0 to 100, or a change such as +5 or -5.");
        });
        var command = new Command("volume", "Sets how loud it sounds.") { percent };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var status = await GetAsync(desktop, cancellationToken);
            if (TryParse(parsed.GetValue(percent), status.VolumePercent, out var wanted))
            {
                status = await desktop.SetVolumeAsync(
                    new SetVolumeRequest { Percent = wanted }, cancellationToken: cancellationToken);
            }

            Console.WriteLine($"The volume is {status.VolumePercent} %.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateCrossfade()
    {
        var seconds = new Argument<string?>("SECONDS|off")
        {
            Description = "up to 12, such as 5 or 2.5; off for one directly behind the other; without it, how it is",
            Arity = ArgumentArity.ZeroOrOne,
        };
        seconds.Validators.Add(static result =>
        {
            if (result.Tokens is [var typed] && !TryParseCrossfade(typed.Value, out _))
                result.AddError($"'{typed.Value}' is no crossfade: write seconds from 0 to 12, or off.");
        });
        var description = "Lets the end of a track and the beginning of the next sound together; neighbours on an album"
            + " always follow without a gap.";
        var command = new Command("crossfade", description) { seconds };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var status = TryParseCrossfade(parsed.GetValue(seconds), out var wanted)
                ? await desktop.SetCrossfadeAsync(
                    new SetCrossfadeRequest { LengthMs = wanted }, cancellationToken: cancellationToken)
                : await GetAsync(desktop, cancellationToken);
            Console.WriteLine(status.CrossfadeMs == 0
                ? "Crossfade is off."
                : $"Crossfade is on: {TextLines.Seconds(status.CrossfadeMs)} s.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string?> Word(string description, params string[] words)
    {
        var argument = new Argument<string?>(string.Join('|', words))
        {
            Description = description, Arity = ArgumentArity.ZeroOrOne,
        };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var typed] && !words.Contains(typed.Value, StringComparer.Ordinal))
                result.AddError($"'{typed.Value}' is not {string.Join(", ", words[..^1])} or {words[^1]}.");
        });
        return argument;
    }

    private static QueueRepeat Parse(string word) => word switch
    {
        "all" => QueueRepeat.All,
        "one" => QueueRepeat.One,
        _ => QueueRepeat.Off,
    };

    private static bool TryParse(string? text, int now, out int percent)
    {
        percent = 0;
        if (string.IsNullOrEmpty(text))
            return false;

        var isChange = text[0] is '+' or '-';
        var digits = text.AsSpan(isChange ? 1 : 0);
        digits = digits is [.. var number, '%'] ? number : digits;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out percent) || percent > 100)
            return false;

        if (isChange)
            percent = Math.Clamp(text[0] == '+' ? now + percent : now - percent, 0, 100);
        return true;
    }

    private static bool TryParseCrossfade(string? text, out int milliseconds)
    {
        milliseconds = 0;
        if (text is "off")
            return true;

        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var seconds) || seconds > MostCrossfade)
            return false;

        milliseconds = (int)(seconds * 1000);
        return true;
    }

    private static async Task<Status> GetAsync(Desktop.DesktopClient desktop, CancellationToken cancellationToken) =>
        await desktop.GetStatusAsync(new GetStatusRequest(), cancellationToken: cancellationToken);
}
