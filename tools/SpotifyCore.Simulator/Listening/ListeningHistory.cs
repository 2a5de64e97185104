using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// Finds how often listeners pick what they have kept, so that the share of what is heard that they had kept is
/// <see cref="WorldModel.KeptShare"/> whatever the size of the world: by bisection over warm-ups of some of them.
/// </summary>
internal static class ListeningHistory
{
    private const int Sample = 1_500;
    private const int Steps = 8;

    public static double Find(MusicCatalogue catalogue, ClientProfile[] clients, WorldModel model, ulong seed)
    {
        var stride = Math.Max(1, clients.Length / Sample);
        ClientProfile[] some = [.. clients.Where((_, index) => index % stride == 0)];
        var (least, most) = (0.0, 1.0);
        for (var step = 0; step < Steps; step++)
        {
            var middle = (least + most) / 2;
            var tried = model with { Listening = model.Listening with { Familiar = middle } };
            if (new WarmUp(catalogue, some, tried, seed).CachedShare < model.KeptShare)
                least = middle;
            else
                most = middle;
        }

        return (least + most) / 2;
    }
}
