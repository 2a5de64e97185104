
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Catalogue;

/// <summary>A catalogue in a file of its own.</summary>
public abstract class CatalogueFixture : IDisposable
{
    private readonly TempDirectory _directory = new();

    protected CatalogueFixture()
    {
        Database = new ServiceDatabase(_directory["service.db"]);
        Reader = new CatalogueReader(Database);
        Writer = new CatalogueWriter(Database);
    }

    protected ServiceDatabase Database { get; }

    private protected CatalogueReader Reader { get; }

    private protected CatalogueWriter Writer { get; }

    public void Dispose()
    {
        Database.Dispose();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected bool Add(AddTrackRequest request) => Writer.Add(NewTrackReader.Read(request));

    protected bool Add(int seed, string title, string artist = "", string album = "") =>
        Add(TestTracks.Request(seed, title, artist, album, number: seed, bits: 96_000));

    protected List<string> Titles(string query) =>
        [.. Reader.Search(query, 100, 0).Tracks.Select(track => track.Title)];

    protected int Count(string table)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt32(command.ExecuteScalar());
    }
}
