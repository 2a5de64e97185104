using System.Diagnostics;
using System.Globalization;
using SpotifyCore.Search;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Micro.Search;

/// <summary>How long a keystroke takes in a catalogue of a size, and adding to it.</summary>
internal static class SearchRates
{
    private const int Batch = 10_000;
    private const int Added = 1_000;
    private const int Queries = 600;
    private const int Readers = 4;

    /// <summary>Makes the index, types, adds, and types with four at once.</summary>
    public static int Run(string size)
    {
        var tracks = int.Parse(size, CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("spotifycore-search").FullName;
        try
        {
            var path = Path.Combine(folder, "search.db");
            var catalogue = new MadeCatalogue(tracks);
            var sample = new List<SearchEntry>();
            var began = Stopwatch.GetTimestamp();
            using var index = new SearchIndex(path, catalogue: 1);
            for (var from = 0; from < tracks; from += Batch)
            {
                var batch = catalogue.Tracks(from, Math.Min(Batch, tracks - from)).ToArray();
                sample.AddRange(batch.Where(static (_, place) => place % 50 == 0));
                index.Apply(batch, [], from);
                index.Merge();
            }

            index.Merge(isAllWritten: true);
            Console.WriteLine($"{tracks} tracks: made in {Seconds(began):F1} s, {new FileInfo(path).Length >> 20} MiB");
            var keystrokes = catalogue.Keystrokes([.. sample.OrderByDescending(static track => track.Plays)], Queries).ToArray();
            Type(index, keystrokes.Take(500));
            Say("one reader", Type(index, keystrokes));
            began = Stopwatch.GetTimestamp();
            index.Apply([.. catalogue.Tracks(tracks, Added)], [], tracks);
            Console.WriteLine($"{Added} added: {Seconds(began) * 1e3:F0} ms");
            Say("after that", Type(index, keystrokes));
            began = Stopwatch.GetTimestamp();
            index.Merge(isAllWritten: true);
            Console.WriteLine($"merged: {Seconds(began) * 1e3:F0} ms");
            Say("after that", Type(index, keystrokes));
            var together = new (double Taken, double Cpu)[Readers][];
            var readers = Enumerable.Range(0, Readers)
                .Select(reader => new Thread(() => together[reader] = Type(index, keystrokes))).ToArray();
            foreach (var reader in readers)
                reader.Start();
            foreach (var reader in readers)
                reader.Join();

            Say($"{Readers} readers", [.. together.SelectMany(static times => times)]);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Taken, double Cpu)[] Type(SearchIndex index, IEnumerable<string> keystrokes) =>
    [
        .. keystrokes.Select(typed =>
        {
            var (began, spent) = (Stopwatch.GetTimestamp(), ThreadCpu.Milliseconds);
            index.Find(typed, 20);
            return (Seconds(began) * 1e3, ThreadCpu.Milliseconds - spent);
        }),
    ];

    private static void Say(string what, (double Taken, double Cpu)[] keystrokes)
    {
        Console.WriteLine($"{what}: {keystrokes.Length} keystrokes, {Line(keystrokes.Select(static one => one.Taken))}");
        Console.WriteLine(
            $"  CPU time: {Line(keystrokes.Select(static one => one.Cpu))} mean {keystrokes.Average(static one => one.Cpu):F2}");
    }

    private static string Line(IEnumerable<double> milliseconds)
    {
        var ordered = milliseconds.Order().ToArray();
        double Of(double share) => ordered[(int)(share * (ordered.Length - 1))];
        return $"p50 {Of(0.5):F2} p90 {Of(0.9):F2} p99 {Of(0.99):F2} max {Of(1):F1} ms";
    }

    private static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;
}
