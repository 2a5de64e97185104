using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Trials;

/// <summary>Ours and its references, which do the same work.</summary>
internal sealed class Trial(params Measure[] measures)
{
    /// <summary>What every slice measures.</summary>
    public IReadOnlyList<Measure> Measures => measures;

    /// <summary>Our side.</summary>
    public required Subject Ours { get; init; }

    /// <summary>The other sides.</summary>
    public required IReadOnlyList<Subject> References { get; init; }

    /// <summary>One more reference, if it has a name: the sum of what the others came to in the same round.</summary>
    public string? Sum { get; init; }

    /// <summary>Makes what all sides need in a round, by its number.</summary>
    public Action<int> PrepareRound { get; init; } = static _ => { };

    /// <summary>
    /// Measures all in turn, so many rounds, each begun by the next side. Those in which our side warms up come before
    /// them, and don't count: the references, which have nothing to compile, take part in the first.
    /// </summary>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds, CancellationToken cancellationToken)
    {
        Subject[] all = [Ours, .. References];
        var taken = new List<Sample[]>();
        var round = 0;
        var warmUp = new WarmUp(Ours.Process is not null);
        warmUp.Add((await MeasureAllAsync())[0].Figures[0]);
        while (!warmUp.IsOver)
            warmUp.Add((await Ours.MeasureAsync(cancellationToken))[0]);

        while (taken.Count < rounds)
            taken.Add(await MeasureAllAsync());

        return [.. Enumerable.Range(0, measures.Length).SelectMany(measure => Compare(taken, measure))];

        async Task<Sample[]> MeasureAllAsync()
        {
            PrepareRound(round);
            var samples = new Sample[all.Length];
            for (var turn = 0; turn < all.Length; turn++)
            {
                var side = (round + turn) % all.Length;
                samples[side] = new Sample(await all[side].MeasureAsync(cancellationToken), all[side].GeneratorShare());
            }

            round++;
            return samples;
        }
    }

    private IEnumerable<Comparison> Compare(IReadOnlyList<Sample[]> rounds, int measure)
    {
        double[] FiguresOf(int side) => [.. rounds.Select(round => round[side].Figures[measure])];
        double ShareOf(int side) => Statistics.Median([.. rounds.Select(round => round[side].GeneratorShare)]);

        var ours = FiguresOf(0);
        for (var i = 0; i < References.Count; i++)
        {
            yield return Comparison.Of(measures[measure], References[i].Name, ours, FiguresOf(i + 1)) with
            {
                OurGeneratorShare = ShareOf(0),
                ReferenceGeneratorShare = ShareOf(i + 1),
            };
        }

        if (Sum is not null)
        {
            double[] sums = [.. rounds.Select(round => round.Skip(1).Sum(one => one.Figures[measure]))];
            yield return Comparison.Of(measures[measure], Sum, ours, sums);
        }
    }
}
