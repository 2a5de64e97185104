namespace SpotifyCore.SideBySide.Trials;

/// <summary>
/// The rounds before those that count. A process that goes on working is compiled while it does, and compiled better
/// where it works most: how long that takes differs from machine to machine, so it is over when the figures have settled.
/// They stand still for a while before the code that works most is compiled anew, hence <see cref="LeastRounds"/>.
/// </summary>
/// <param name="goesOn">True for a process that works in every round; else one round is enough.</param>
internal sealed class WarmUp(bool goesOn)
{
    /// <summary>So many rounds a process that goes on has at least: 2 s of work where a slice is a quarter of one.</summary>
    public const int LeastRounds = 8;

    /// <summary>More rounds than this are not waited for: figures that have not settled by then won't.</summary>
    public const int MostRounds = 20;

    // Figures one after another that lie so near each other have settled.
    private const int Alike = 3;
    private const double NearBy = 0.1;

    private readonly List<double> _figures = [];

    /// <summary>True when the next round counts.</summary>
    public bool IsOver => goesOn ? _figures.Count == MostRounds || HaveSettled : _figures.Count > 0;

    private bool HaveSettled
    {
        get
        {
            if (_figures.Count < LeastRounds)
                return false;

            var last = _figures[^Alike..];
            return last.Max() - last.Min() <= last.Max() * NearBy;
        }
    }

    /// <summary>Takes what our side came to in a round that does not count.</summary>
    public void Add(double figure) => _figures.Add(figure);
}
