using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore queue</c>, with a subcommand for each thing that can be done with it.</summary>
internal static class QueueCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "A JSON line for each track" };
        var command = new Command("queue", "Shows what plays and what follows, or changes it.")
        {
            json, CreateAdd(), CreateRemove(), CreateMove(), CreatePlay(), CreateClear(),
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var queue = await GetAsync(desktop, cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var entry in queue.Entries)
                    Console.WriteLine(JsonLines.Track(entry.Track));
                return ExitCodes.Done;
            }

            return Show(queue);
        });
        return command;
    }

    private static Command CreateAdd()
    {
        var wanted = new WantedTracks(ArgumentArity.OneOrMore);
        var next = new Option<bool>("--next") { Description = "Before what follows now, instead of at the end" };
        var description = "Puts tracks at the end in their order, shuffled or not; they play at once when nothing does.";
        var command = new Command("add", description) { next };
        wanted.AddTo(command);
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var found = await wanted.FindAsync(parsed, desktop, cancellationToken);
            var request = new EnqueueRequest { Next = parsed.GetValue(next) };
            request.Tracks.AddRange(found.Tracks);
            Show(await desktop.EnqueueAsync(request, cancellationToken: cancellationToken));
            if (found.Note.Length > 0)
                Console.WriteLine(found.Note);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRemove()
    {
        var places = new Argument<string[]>("NUMBERS")
        {
            Description = "Numbers of the list, or ranges of them: 2 5-7", Arity = ArgumentArity.OneOrMore,
        };
        places.Validators.Add(static result =>
        {
            foreach (var text in result.Tokens.Select(static token => token.Value))
            {
                if (!QueuePlaces.TryParse(text, out _))
                    result.AddError($"'{text}' is no number of the list and no range such as 5-7.");
            }
        });
        var command = new Command("remove", "Takes tracks out of the queue.") { places };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var queue = await GetAsync(desktop, cancellationToken);
            var request = new RemoveFromQueueRequest();
            foreach (var place in parsed.GetValue(places)!.SelectMany(QueuePlaces.Parse).Distinct())
                request.Entries.Add(At(queue, place).Entry);

            return Show(await desktop.RemoveFromQueueAsync(request, cancellationToken: cancellationToken));
        });
        return command;
    }

    private static Command CreateMove()
    {
        var from = Place("FROM", "Number of the track in the list");
        var to = Place("TO", "Its number afterwards; 1 plays next");
        var command = new Command("move", "Moves a track within the queue.") { from, to };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var queue = await GetAsync(desktop, cancellationToken);
            var place = parsed.GetValue(to);
            _ = At(queue, place);
            var request = new MoveInQueueRequest { Entry = At(queue, parsed.GetValue(from)).Entry, Place = place };
            return Show(await desktop.MoveInQueueAsync(request, cancellationToken: cancellationToken));
        });
        return command;
    }

    private static Command CreatePlay()
    {
        var place = Place("NUMBER", "Number of the track in the list");
        var command = new Command("play", "Plays a track of the queue now; the queue stays as it is.") { place };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var entry = At(await GetAsync(desktop, cancellationToken), parsed.GetValue(place)).Entry;
            await desktop.PlayEntryAsync(new PlayEntryRequest { Entry = entry }, cancellationToken: cancellationToken);
            return Show(await GetAsync(desktop, cancellationToken));
        });
        return command;
    }

    private static Command CreateClear()
    {
        var command = new Command("clear", "Takes out all but what plays.");
        command.SetDesktopAction(async (_, desktop, cancellationToken) =>
            Show(await desktop.ClearQueueAsync(new ClearQueueRequest(), cancellationToken: cancellationToken)));
        return command;
    }

    private static Argument<int> Place(string name, string description)
    {
        var place = new Argument<int>(name) { Description = description };
        place.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, int.MaxValue, "is no number of the list; they begin with 1."));
        return place;
    }

    private static async Task<QueueReply> GetAsync(Desktop.DesktopClient desktop, CancellationToken cancellationToken) =>
        await desktop.GetQueueAsync(new GetQueueRequest(), cancellationToken: cancellationToken);

    // The first entry is what plays; the numbers begin with what follows it.
    private static QueueEntry At(QueueReply queue, int place) => place < queue.Entries.Count
        ? queue.Entries[place]
        : throw new ListenerException(
            $"There is no {place} in the queue; {Count(queue)}.", ExitCodes.Misused);

    private static string Count(QueueReply queue) => queue.Entries.Count switch
    {
        0 => "it is empty",
        1 => "nothing follows what plays",
        2 => "one track follows what plays",
        var count => $"{count - 1} tracks follow what plays",
    };

    private static int Show(QueueReply queue)
    {
        if (queue.Advert is { } advert)
            Console.WriteLine($" now  {TextLines.Track(advert)} (advert)");

        var first = queue.Advert is null ? " now" : "then";
        foreach (var (place, entry) in queue.Entries.Index())
            Console.WriteLine($"{(place == 0 ? first : $"{place,4}")}  {TextLines.Track(entry.Track)}");

        if (queue.Entries.Count == 0)
            Console.WriteLine("The queue is empty.");
        return ExitCodes.Done;
    }
}
