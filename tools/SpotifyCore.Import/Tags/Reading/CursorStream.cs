namespace SpotifyCore.Import.Tags.Reading;

/// <summary>What is left of a cursor, as a stream.</summary>
internal sealed class CursorStream(TagCursor cursor) : SequentialStream
{
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => cursor.ReadSome(buffer);
}
