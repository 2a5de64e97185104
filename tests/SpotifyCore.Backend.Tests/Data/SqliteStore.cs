using SpotifyCore.Backend.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>A file.</summary>
public sealed class SqliteStore : TestStore
{
    private readonly TempDirectory _directory = new();

    public override ServiceDatabase Open() => new SqliteDatabase(_directory["service.db"]);

    public override void Dispose() => _directory.Dispose();
}
