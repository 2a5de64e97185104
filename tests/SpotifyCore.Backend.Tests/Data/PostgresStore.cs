using SpotifyCore.Backend.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>A database of the server that this process's tests share.</summary>
public sealed class PostgresStore : TestStore
{
    /// <summary>The words to connect to it with.</summary>
    public string ConnectionString { get; } = PostgresServer.Shared.MakeDatabase();

    public override ServiceDatabase Open() => new PostgresDatabase(ConnectionString);

    public override void Dispose() => PostgresServer.Shared.GiveBack(ConnectionString);
}
