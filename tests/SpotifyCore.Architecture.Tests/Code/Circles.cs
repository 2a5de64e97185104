namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>Finds what leads back to itself.</summary>
internal static class Circles
{
    /// <summary>
    /// The knots of a graph: each the nodes, in order, of which every one is reached from every other. A node that no
    /// circle goes through is in none.
    /// </summary>
    public static IEnumerable<IReadOnlyList<string>> Of(IReadOnlyDictionary<string, IReadOnlySet<string>> edges)
    {
        var reached = edges.Keys.ToDictionary(static node => node, node => From(node, edges));
        return edges.Keys
            .Where(node => reached[node].Contains(node))
            .GroupBy(node => string.Join(", ", Knot(node, reached)))
            .Select(same => (IReadOnlyList<string>)Knot(same.First(), reached));
    }

    private static string[] Knot(string node, Dictionary<string, HashSet<string>> reached) =>
        [.. reached[node].Where(other => reached[other].Contains(node)).Order(StringComparer.Ordinal)];

    private static HashSet<string> From(string node, IReadOnlyDictionary<string, IReadOnlySet<string>> edges)
    {
        var (reached, ahead) = (new HashSet<string>(), new Stack<string>(edges[node]));
        while (ahead.TryPop(out var next))
        {
            if (!reached.Add(next))
                continue;

            foreach (var further in edges[next])
                ahead.Push(further);
        }

        return reached;
    }
}
