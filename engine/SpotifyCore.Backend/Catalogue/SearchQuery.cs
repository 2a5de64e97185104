using System.Text;
using SpotifyCore.Content.Search;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Turns what a listener typed into an FTS5 expression. Nothing typed reaches its syntax.</summary>
internal static class SearchQuery
{
    private const int MaxWords = 16;

    /// <summary>
    /// Every word must occur, whole or as a beginning, whole ones counting more. Null when there is no word.
    /// </summary>
    public static string? ToExpression(string typed)
    {
        var expression = new StringBuilder();
        foreach (var word in SearchText.Words(typed).Take(MaxWords))
        {
            // Words consist of letters, digits, marks and spaces: a quote can't be among them.
            expression.Append(expression.Length == 0 ? "" : " AND ")
                .Append("(\"").Append(word).Append("\" OR \"").Append(word).Append("\"*)");
        }

        return expression.Length == 0 ? null : expression.ToString();
    }
}
