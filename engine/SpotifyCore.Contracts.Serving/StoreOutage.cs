using System.Data.Common;
using Grpc.Core;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving;

/// <summary>What a call is answered with while the database that it needs is away.</summary>
internal static class StoreOutage
{
    /// <summary>The answer.</summary>
    public static RpcException Answer =>
        CallFailure.Of(StatusCode.Unavailable, "The server can't reach its database now: try again.");

    /// <summary>Whether a failure will pass: the connection was lost, or the database stops, starts or is full.</summary>
    public static bool Is(Exception failure) => failure is DbException database
        && (database.IsTransient || database.SqlState is ['0', '8', ..] or ['5', '7', 'P', ..]);
}
