namespace SpotifyCore.Architecture.Tests.Rules;

/// <summary>Compares what breaks a rule with what is known to: that list only shrinks.</summary>
internal static class Known
{
    /// <summary>Fails for what is new, and for what is gone and still listed.</summary>
    public static void AssertOnly(IReadOnlyCollection<string> known, IEnumerable<string> found)
    {
        var all = found.Distinct().Order(StringComparer.Ordinal).ToList();
        var said = all.Except(known).Select(static one => $"new: {one}")
            .Concat(known.Except(all).Select(static one => $"gone, so take it off the list: {one}"))
            .ToList();
        Assert.True(said.Count == 0, string.Join("\n", said));
    }
}
