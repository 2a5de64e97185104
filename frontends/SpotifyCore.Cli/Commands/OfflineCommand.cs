using System.CommandLine;
using Grpc.Core;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Content.Names;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore offline</c>: music kept for times without a network.</summary>
internal static class OfflineCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "One line of JSON each", Recursive = true };

    public static Command Create()
    {
        var command = new Command(
            "offline", "Keeps albums and tracks for times without a network (Premium, on three desktops).")
        {
            Json, CreateAdd(), CreateRemove(), CreateList(), CreateStatus(), CreateDevices(), CreateForget(),
        };
        SetStatus(command, static _ => false);
        return command;
    }

    private static Command CreateAdd()
    {
        var wanted = new WantedTracks(ArgumentArity.OneOrMore);
        var wait = new Option<bool>("--wait") { Description = "Return once it is here; show how it comes meanwhile" };
        var command = new Command("add", "Keeps an album, or tracks. They come by and by, with what the line has left.")
        {
            wait,
        };
        wanted.AddTo(command);
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var found = await wanted.FindAsync(parsed, desktop, cancellationToken);
            foreach (var request in RequestsFor(found))
                Show(parsed, await AddAsync(desktop, request, cancellationToken));

            return parsed.GetValue(wait) ? await FollowAsync(parsed, desktop, cancellationToken) : ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRemove()
    {
        var which = new Argument<string[]>("WHICH")
        {
            Description = "Numbers of 'spotifycore offline list'; or words of one title there",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("remove", "Keeps something no more, and frees its room.") { which };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            foreach (var item in Choose(await ListAsync(desktop, cancellationToken), parsed.GetValue(which)!))
            {
                var request = new RemoveOfflineRequest { Sort = item.Sort, Id = item.Id };
                await desktop.RemoveOfflineAsync(request, cancellationToken: cancellationToken);
                Console.WriteLine($"{OfflineLines.Name(item)} is not kept any more.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists what is kept, or is coming, by numbers.");
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var items = await ListAsync(desktop, cancellationToken);
            for (var i = 0; i < items.Count; i++)
            {
                Console.WriteLine(parsed.GetValue(Json)
                    ? OfflineLines.Json(items[i])
                    : $"{i + 1,3}  {OfflineLines.Of(items[i])}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateStatus()
    {
        var live = new Option<bool>("--wait") { Description = "Return once all is here; show how it comes meanwhile" };
        var command = new Command("status", "Shows how much is here, what comes now, and until when it plays offline.") { live };
        SetStatus(command, parsed => parsed.GetValue(live));
        return command;
    }

    private static Command CreateDevices()
    {
        var command = new Command("devices", "Lists the devices on which the account keeps music.");
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            foreach (var device in await ListDevicesAsync(desktop, cancellationToken))
                Console.WriteLine(parsed.GetValue(Json) ? OfflineLines.Json(device) : OfflineLines.Of(device));

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateForget()
    {
        var device = new Argument<string>("DEVICE")
        {
            Description = "The client of 'spotifycore offline devices', or as much of its beginning as no other has",
        };
        var command = new Command("forget", "Ends a device with all that it keeps; it learns of that when it is online.")
        {
            device,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var typed = parsed.GetValue(device)!;
            OfflineDevice[] found =
            [
                .. (await ListDevicesAsync(desktop, cancellationToken)).Where(one =>
                    OfflineLines.ClientOf(one).StartsWith(typed, StringComparison.OrdinalIgnoreCase)),
            ];
            if (found is not [var one])
            {
                throw found.Length == 0
                    ? new ListenerException($"No device is of a client whose id begins with '{typed}'.")
                    : new ListenerException(
                        $"{found.Length} ids begin with '{typed}'; type more of the one you mean.", ExitCodes.Ambiguous);
            }

            await desktop.GiveUpOfflineDeviceAsync(
                new GiveUpOfflineDeviceRequest { Client = one.Client }, cancellationToken: cancellationToken);
            Console.WriteLine("It keeps nothing any more, once it is online.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void SetStatus(Command command, Func<ParseResult, bool> follows) =>
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (follows(parsed))
                return await FollowAsync(parsed, desktop, cancellationToken);

            Show(parsed, await desktop.GetOfflineAsync(new GetOfflineRequest(), cancellationToken: cancellationToken));
            return ExitCodes.Done;
        });

    private static async Task<int> FollowAsync(
        ParseResult parsed, Desktop.DesktopClient desktop, CancellationToken cancellationToken)
    {
        using var call = desktop.WatchOffline(
            new WatchRequest { IntervalMs = 1_000 }, cancellationToken: cancellationToken);
        DesktopOffline? last = null;
        await foreach (var status in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            last = status;
            if (parsed.GetValue(Json))
                Console.WriteLine(OfflineLines.Json(status));
            else if (status.Fetching.Length > 0)
                Console.WriteLine(OfflineLines.Progress(status));
            if (!status.Coming)
                break;
        }

        if (last is null || parsed.GetValue(Json))
            return last?.Kept == last?.Tracks ? ExitCodes.Done : ExitCodes.Failed;

        foreach (var line in OfflineLines.Of(last))
            Console.WriteLine(line);

        return last.Kept == last.Tracks ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static IEnumerable<AddOfflineRequest> RequestsFor(Found found) => found.Album.Length > 0
        ? [new AddOfflineRequest { Sort = OfflineSort.Album, Id = found.Album }]
        : found.Tracks.Select(static track => new AddOfflineRequest { Sort = OfflineSort.Track, Id = track });

    private static async Task<DesktopOfflineItem> AddAsync(
        Desktop.DesktopClient desktop, AddOfflineRequest request, CancellationToken cancellationToken) =>
        await Waiting.SayAsync(desktop, desktop.AddOfflineAsync(request, cancellationToken: cancellationToken).ResponseAsync);

    private static IEnumerable<DesktopOfflineItem> Choose(IReadOnlyList<DesktopOfflineItem> items, string[] typed)
    {
        if (typed.All(static one => int.TryParse(one, out _)))
        {
            return [.. typed.Select(one => int.TryParse(one, out var number) && number >= 1 && number <= items.Count
                ? items[number - 1]
                : throw new ListenerException($"There is no number {one} in 'spotifycore offline list'."))];
        }

        var words = string.Join(' ', typed);
        DesktopOfflineItem[] found =
            [.. items.Where(item => NameMatch.Contains($"{item.Title} {string.Join(' ', item.Artists)}", words))];
        return found.Length switch
        {
            0 => throw new ListenerException($"Nothing that is kept is called '{words}'."),
            1 => found,
            _ => throw new ListenerException(
                $"{found.Length} things that are kept are called '{words}'; name one by its number.", ExitCodes.Ambiguous),
        };
    }

    private static async Task<IReadOnlyList<DesktopOfflineItem>> ListAsync(
        Desktop.DesktopClient desktop, CancellationToken cancellationToken) =>
        (await desktop.ListOfflineAsync(new ListOfflineRequest(), cancellationToken: cancellationToken)).Items;

    private static async Task<IReadOnlyList<OfflineDevice>> ListDevicesAsync(
        Desktop.DesktopClient desktop, CancellationToken cancellationToken) => (await desktop.ListOfflineDevicesAsync(
            new ListOfflineDevicesRequest(), cancellationToken: cancellationToken)).Devices;

    private static void Show(ParseResult parsed, DesktopOfflineItem item) => Console.WriteLine(
        parsed.GetValue(Json) ? OfflineLines.Json(item) : OfflineLines.Added(item));

    private static void Show(ParseResult parsed, DesktopOffline status)
    {
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(OfflineLines.Json(status));
            return;
        }

        foreach (var line in OfflineLines.Of(status))
            Console.WriteLine(line);
    }
}
