using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyCore.Simulator.Sessions;

/// <summary>Reads sessions and import logs, a JSON object a line, and writes the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionStep))]
[JsonSerializable(typeof(ImportedTrack))]
[JsonSerializable(typeof(SessionReport))]
internal sealed partial class SessionJson : JsonSerializerContext
{
    /// <summary>The steps of a session.</summary>
    /// <exception cref="InvalidDataException">A line is none, or names a track that was not imported.</exception>
    public static List<SessionStep> ReadSteps(IEnumerable<string> lines, IReadOnlyDictionary<string, double> tracks)
    {
        var steps = new List<SessionStep>();
        foreach (var line in lines.Where(static line => line.Length > 0))
        {
            if (Read(line, Default.SessionStep) is not { Desktop: >= 1, Do: "play" or "stop" } step)
                throw new InvalidDataException("This line is no step of a session: " + line);

            if (step.Tracks?.FirstOrDefault(track => !tracks.ContainsKey(track)) is { } unknown)
                throw new InvalidDataException($"The session plays {unknown}, which was not imported.");

            steps.Add(step);
        }

        return steps;
    }

    /// <summary>Lengths of the tracks that were imported, by id.</summary>
    public static Dictionary<string, double> ReadTracks(IEnumerable<string> lines)
    {
        var tracks = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in lines.Where(static line => line.Length > 0))
        {
            if (Read(line, Default.ImportedTrack) is { Event: "imported", Track: { } track } imported)
                tracks[track] = imported.Seconds;
        }

        return tracks;
    }

    private static T? Read<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"This line is no JSON object: {line} ({exception.Message})", exception);
        }
    }
}
