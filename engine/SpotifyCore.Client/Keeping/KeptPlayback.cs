using System.Text.Json;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Client.Keeping;

/// <summary>
/// What plays, on disk: the queue in one file, the place in it in another that is written more often. Each is replaced
/// whole; what can't be read counts as not there. One writer at a time.
/// </summary>
/// <param name="queuePath">The file of the queue.</param>
/// <param name="placePath">The file of the place in it.</param>
internal sealed class KeptPlayback(string queuePath, string placePath)
{
    private const long MaxSize = 64 << 20;

    /// <summary>Keeps the queue.</summary>
    /// <exception cref="IOException">It could not be written; the old one stands.</exception>
    public void Keep(KeptQueue queue) =>
        DurableFile.Replace(
            queuePath, JsonSerializer.SerializeToUtf8Bytes(queue, KeptPlaybackJson.Default.KeptQueue), true);

    /// <summary>Keeps the place in the queue.</summary>
    /// <exception cref="IOException">It could not be written; the old one stands.</exception>
    public void Keep(KeptPlace place) =>
        DurableFile.Replace(
            placePath, JsonSerializer.SerializeToUtf8Bytes(place, KeptPlaybackJson.Default.KeptPlace), true);

    /// <summary>What was kept; null when there is nothing, or it is unreadable or of two times.</summary>
    public (KeptQueue Queue, KeptPlace Place)? Find()
    {
        var queue = Read(queuePath, KeptPlaybackJson.Default.KeptQueue);
        var place = Read(placePath, KeptPlaybackJson.Default.KeptPlace);
        if (queue is not { IsSound: true } || place is null)
            return null;

        // Killed between the two writes: the track it played is where it stands now, or nothing is known of the place.
        if (place.Current >= 0 && (place.Current >= queue.Tracks.Length || queue.Tracks[place.Current].Id != place.Track))
            place = place with { Current = Array.FindIndex(queue.Tracks, track => track.Id == place.Track) };

        return (queue, place);
    }

    /// <summary>Forgets all of it.</summary>
    public void Clear()
    {
        File.Delete(queuePath);
        File.Delete(placePath);
    }

    private static T? Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= MaxSize
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type)
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
