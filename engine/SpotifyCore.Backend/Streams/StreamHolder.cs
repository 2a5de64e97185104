using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.Streams;

/// <summary>The device that has an account's stream, or had it last.</summary>
/// <param name="TokenHash">Names its session; empty when that has ended.</param>
/// <param name="Device">What it calls itself; empty when it does not say.</param>
/// <param name="Number">Counts who had the stream before: it grows with every taking.</param>
/// <param name="State">By what it has it.</param>
/// <param name="Until">Until when, in Unix milliseconds: past, once it is paused.</param>
internal sealed record StreamHolder(byte[] TokenHash, string Device, long Number, StreamState State, long Until)
{
    /// <summary>Whether it is of that session.</summary>
    public bool Is(Session session) => TokenHash.AsSpan().SequenceEqual(session.TokenHash);
}
