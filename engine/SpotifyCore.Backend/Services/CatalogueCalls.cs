using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Names;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Search;
using SpotifyCore.Search.Listing;
using SpotifyCore.Search.Querying;
using SearchOrder = SpotifyCore.Search.Querying.SearchOrder;

namespace SpotifyCore.Backend.Services;

/// <summary>Finding and showing music.</summary>
internal sealed class CatalogueCalls(CatalogueReader catalogue, CatalogueIndex index)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 200;
    private const int MaxGroups = 50;
    private const int MaxGroupOffset = 250;
    private const int TracksOfArtist = 4;
    private const int CoverPartSize = 64 << 10;

    public Task<SearchReply> SearchAsync(SearchRequest request)
    {
        if (request.Limit is < 0 or > MaxLimit)
            throw CallFailure.Of(
                StatusCode.InvalidArgument, $"The limit must be 1 to {MaxLimit}, or 0 for {DefaultLimit}.");
        if (request.Offset is < 0 or > SearchIndex.MaxHits)
            throw CallFailure.Of(
                StatusCode.InvalidArgument, $"The offset must be 0 to {SearchIndex.MaxHits}.");
        if (request.Groups is < 0 or > MaxGroups)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The groups must be 0 to {MaxGroups}.");
        if (request.GroupOffset is < 0 or > MaxGroupOffset)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The groups' offset must be 0 to {MaxGroupOffset}.");
        if (request.Query.Length > SearchIndex.MaxTyped)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The query is over {SearchIndex.MaxTyped} characters.");

        var limit = request.Limit == 0 ? DefaultLimit : request.Limit;
        var (found, isIncomplete) = index.Find(request.Query, limit, request.Offset, OrderOf(request.Order));
        var reply = new SearchReply { More = found.HasMore, Incomplete = isIncomplete };
        reply.Tracks.AddRange(catalogue.FindTracks(found.Ids));
        if (request.Groups > 0)
        {
            reply.Artists.AddRange(FindArtists(request.Query, request.Groups, request.GroupOffset));
            reply.Albums.AddRange(FindAlbums(request.Query, request.Groups, request.GroupOffset));
        }

        return Task.FromResult(reply);
    }

    public Task<ListNamesReply> ListNamesAsync(ListNamesRequest request)
    {
        if (request.Limit is < 0 or > MaxLimit)
            throw CallFailure.Of(
                StatusCode.InvalidArgument, $"The limit must be 1 to {MaxLimit}, or 0 for {DefaultLimit}.");
        if (request.Beginning.Length > SearchIndex.MaxTyped || request.After.Length > SearchIndex.MaxTyped)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The text is over {SearchIndex.MaxTyped} characters.");

        var limit = request.Limit == 0 ? DefaultLimit : request.Limit;
        var (listed, isIncomplete) = index.List(NamesOf(request.Kind), request.Beginning, request.After, limit);
        var reply = new ListNamesReply { Next = listed.Next, Incomplete = isIncomplete };
        switch (request.Kind)
        {
            case NameKind.Artist:
                reply.Artists.AddRange(ArtistsOf(listed.Names));
                break;
            case NameKind.Album:
                reply.Albums.AddRange(DescribeAlbums(listed.Names.Select(static name => name.Id)));
                break;
            default:
                reply.Tracks.AddRange(catalogue.FindTracks([.. listed.Names.Select(static name => name.Id)]));
                break;
        }

        return Task.FromResult(reply);
    }

    public Task<Track> GetTrackAsync(GetTrackRequest request) =>
        Task.FromResult(catalogue.FindTrack(ReadTrack(request.Track)) ?? throw Missing("track", request.Track));

    public Task<Album> GetAlbumAsync(GetAlbumRequest request) =>
        Task.FromResult(catalogue.FindAlbum(request.Album) ?? throw Missing("album", request.Album));

    public async Task GetCoverAsync(GetCoverRequest request, IServerStreamWriter<CoverPart> writer, ServerCallContext call)
    {
        for (var offset = 0; ; offset += CoverPartSize)
        {
            var (mediaType, data) = catalogue.FindCover(request.Cover, offset, CoverPartSize)
                ?? throw Missing("cover", request.Cover);
            if (data.Length > 0)
            {
                var part = new CoverPart { MediaType = offset == 0 ? mediaType : "", Data = ByteString.CopyFrom(data) };
                await writer.WriteAsync(part, call.CancellationToken);
            }

            if (data.Length < CoverPartSize)
                return;
        }
    }

    private static SearchOrder OrderOf(Contracts.SearchOrder order) => order switch
    {
        Contracts.SearchOrder.Best => SearchOrder.Best,
        Contracts.SearchOrder.Popular => SearchOrder.Popular,
        Contracts.SearchOrder.New => SearchOrder.New,
        _ => throw CallFailure.Of(StatusCode.InvalidArgument, "There is no such order."),
    };

    private static ListedNames NamesOf(NameKind kind) => kind switch
    {
        NameKind.Artist => ListedNames.Artists,
        NameKind.Album => ListedNames.Releases,
        NameKind.Track => ListedNames.Titles,
        _ => throw CallFailure.Of(StatusCode.InvalidArgument, "There are no such names."),
    };

    // A track that stands for one of its artists has others too, who are not meant.
    private IEnumerable<string> FindArtists(string query, int most, int offset)
    {
        if (SearchIndex.ArtistOf(query) is not { } called)
            return [];

        return catalogue.FindTracks(index.FindGroups(query, SearchGroup.Artist, (most + offset) * TracksOfArtist))
            .SelectMany(static track => track.Artists)
            .Where(artist => called.Length == 0 || NameMatch.Contains(artist, called))
            .Distinct(StringComparer.Ordinal).Skip(offset).Take(most);
    }

    private IEnumerable<Album> FindAlbums(string query, int most, int offset) => DescribeAlbums(
        catalogue.FindTracks(index.FindGroups(query, SearchGroup.Release, most, offset))
            .Select(static track => track.Album).Distinct(StringComparer.Ordinal));

    private IEnumerable<Album> DescribeAlbums(IEnumerable<string> albums)
    {
        foreach (var album in albums.Select(catalogue.FindAlbum).OfType<Album>())
        {
            album.Tracks.Clear();
            yield return album;
        }
    }

    // As a track of theirs has them, else its album.
    private IEnumerable<string> ArtistsOf(IReadOnlyList<ListedName> names)
    {
        var tracks = catalogue.FindTracks([.. names.Select(static name => name.Entry).Distinct(StringComparer.Ordinal)])
            .ToDictionary(static track => track.Track_, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!tracks.TryGetValue(name.Entry, out var track))
                continue;

            var key = name.Id.Length > 0 ? name.Id : name.Key;
            bool IsMeant(string artist) => NameTerms.Keys(artist).Contains(key);
            var artist = track.Artists.FirstOrDefault(IsMeant)
                ?? catalogue.FindAlbum(track.Album)?.Artists.FirstOrDefault(IsMeant);
            if (artist is not null)
                yield return artist;
        }
    }

    /// <summary>The id in a request.</summary>
    /// <exception cref="RpcException">It is not one.</exception>
    public static TrackId ReadTrack(string track) => TrackId.TryParse(track, out var id)
        ? id
        : throw CallFailure.Of(StatusCode.InvalidArgument, "A track id has 22 characters of base62.");

    /// <summary>What is told when something does not exist.</summary>
    public static RpcException Missing(string what, string id) =>
        CallFailure.Of(StatusCode.NotFound, $"There is no {what} '{(id.Length <= 64 ? id : id[..64])}'.");
}
